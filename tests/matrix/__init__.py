"""The permission matrix: every address × method × role × relation, and every step × role × relation, each of them tried.

What is tried comes from the code (the site map, the posts, the models, the transitions). What is expected is declared
here, from practice.md 2.5, and asks nothing of any access.py. When a test of this folder names something it does not know:

a page        say in pages.py whose it is: `PAGES["incidents:new_page"] = works("case")`
a post        say in oracle.py what its holder reads and works, and in pages.py on which pages it stands
a field       a new EncryptedTextField needs a word in the world: world.py plants one in each record it makes. A new
              model needs a row there: see `World._inside`, and whose its words are in oracle.py (`may_read`)
a step        a new @transition of a case, a report and what hangs on them: say in steps.py who may take it
a relation    a new way in which somebody stands to a case: a line in world.py (`RELATIONS`), and in `World` how it comes about

`make matrix` runs it and says how many cells there were; FEWEST in test_matrix.py is raised as they grow.
"""
