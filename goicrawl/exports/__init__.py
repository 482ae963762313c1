"""Files for people: CSV.

`export.export` writes the files of counties, provinces or everything; `region_files.write_region` one
region's.
"""
