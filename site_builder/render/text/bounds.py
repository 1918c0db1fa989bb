"""Bounds of text rendering; text beyond one is shown as source, because rendering it could hang the build."""

# Formulas; their maximum length is in papers/formulas.py. The converter is native and recursive: a few thousand levels
# crash the process, and nothing can be caught.
MAX_FORMULAS = 500  # in one text; further ones are shown as source
MAX_FORMULA_NESTING = 40  # nested braces
MAX_FORMULA_WORK = 1 << 15  # characters, doubled for each bracket that may stay open; a millisecond
MAX_FORMULA_COMMANDS = 150  # each may open a level without a brace, as in `\sqrt\sqrt x`
MAX_MATHML_NESTING = 100  # nested elements

MAX_URL = 2_000  # characters; a longer run is not a link

# Markdown: the time of its parser is quadratic, or worse, in each of these.
MAX_MARKDOWN = 60_000  # characters, some 10,000 words
MAX_MARKDOWN_OPEN = 500  # `[`, `(` or `<` without their closing character
MAX_MARKDOWN_RUN = 400  # the same character, or empty lines, in a row
MAX_MARKDOWN_HEADINGS = 1_000  # and rules
MAX_MARKDOWN_ROWS = 2_000  # of tables
MAX_MARKDOWN_ITEMS = 5_000  # of lists
MAX_MARKDOWN_CONTENTS = 2  # `[TOC]`
MAX_MARKDOWN_FOOTNOTES = 500  # references to them
MAX_MARKDOWN_DEFINITIONS = 500  # of link references
MAX_MARKDOWN_CELLS = 1  # table cells for each character of the text; rows are filled to the number of heads
MAX_MARKDOWN_COPIED = 20  # characters that references copy from their definitions, for each character of the text
MAX_MARKDOWN_TAGS = 20  # unclosed tags of one kind where HTML is allowed: every paragraph repeats them
MAX_MARKDOWN_INDENT = 40  # columns before a line outside fenced code: ten nested lists
MAX_MARKDOWN_QUOTES = 10  # `>` before a line, and list markers on one line
