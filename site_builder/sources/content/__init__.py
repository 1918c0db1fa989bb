"""Readers of the content files that are not lists of papers: those of the editor, and the records of earlier builds."""
