"""A copy of everything, locked with the backup key; and how it is put back.

The archive is a tar inside an age file (https://age-encryption.org), so that the public `age` tool opens it too, long after us:

    begins.json     of when it is, which engine, which migrations, the head of the book
    database        a SQLite file, or a dump of PostgreSQL in its own format
    files/…         what people added, sealed as it lies; without what no backup may hold (decision 0222)
    erasures.txt    which roots were erased by then
    manifest.json   length and SHA-256 of each of these: written last, so that what was cut short has none

The master key is not in it. Sessions and the index of the search are left out.
"""
