"""What stands between the spider and a portal: politeness, safety and failures by name."""
