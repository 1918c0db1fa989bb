"""Every bound of text rendering; above one, text is shown as it was written instead of hanging the build."""

# Formulas; how long one may be stands in papers/formulas.py. The converter is native and recursive: a few thousand
# levels end the process, and nothing can be caught.
MAX_FORMULAS = 500  # in one text; later ones show their source as text
MAX_FORMULA_NESTING = 40  # braces within braces
MAX_FORMULA_WORK = 1 << 15  # characters, twice that for each bracket that may stay open; a millisecond
MAX_FORMULA_COMMANDS = 150  # each may open a level without a brace, as `\sqrt\sqrt x` does
MAX_MATHML_NESTING = 100  # elements within elements

MAX_URL = 2_000  # characters; a longer run is text

# Markdown: its parser is quadratic, or worse, in each of these.
MAX_MARKDOWN = 60_000  # characters, some 10,000 words
MAX_MARKDOWN_OPEN = 500  # `[`, `(` or `<` that wait for their closing sign
MAX_MARKDOWN_RUN = 400  # the same sign, or empty lines, in a row
MAX_MARKDOWN_HEADINGS = 1_000  # and rules
MAX_MARKDOWN_ROWS = 2_000  # of tables
MAX_MARKDOWN_ITEMS = 5_000  # of lists
MAX_MARKDOWN_CONTENTS = 2  # `[TOC]`
MAX_MARKDOWN_FOOTNOTES = 500  # references to them
MAX_MARKDOWN_DEFINITIONS = 500  # of the addresses of references
MAX_MARKDOWN_CELLS = 1  # of tables, whose rows are filled to the number of heads, for each character of the text
MAX_MARKDOWN_COPIED = 20  # characters that references copy from their definitions, for each character of the text
MAX_MARKDOWN_TAGS = 20  # unclosed ones of one kind where HTML passes: every paragraph repeats them
MAX_MARKDOWN_INDENT = 40  # columns in front of a line outside fenced code: ten nested lists
MAX_MARKDOWN_QUOTES = 10  # `>` in front of a line, and list signs in one
