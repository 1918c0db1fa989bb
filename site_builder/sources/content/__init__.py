"""The files of the content folder that are no lists of papers: what the editor and earlier builds wrote."""
