"""Models, the embedded server, migrations and storing.

`server.connect(config)` gives an engine on a migrated database; `store.Store(engine)` writes to it.
"""
