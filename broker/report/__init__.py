"""The centre's report: gathered once as a value, and written as a page, a workbook, a paper or a plain file."""
