"""Pages: the library, one policy and its versions, a version that is being made, and what strangers read."""
