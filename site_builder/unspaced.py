"""Characters of scripts that write no spaces between words, as parts of a regex character class."""

# Characters that stand for a word or syllable; two identify a term: Chinese, Japanese, Korean, Yi, Tangut.
PAIRED = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\ua48f\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00016fe0-\U0001b2ff\U00020000-\U0003ffff"
)
# Letters of alphabets; it takes three: Thai, Lao, Tibetan, Burmese, Khmer, Tai, Balinese, Javanese.
TRIPLED = "\u0e01-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f\ua980-\ua9ff\uaa60-\uaadf"
