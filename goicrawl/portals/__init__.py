"""CMS families: recognise a portal's software, list its report links, find its next page."""
