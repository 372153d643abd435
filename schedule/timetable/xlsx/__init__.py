"""Control tables as spreadsheets: our own, which reads back, and those of offices.

writer.py and reader.py are the ways in; ``own…`` reads what we wrote, ``foreign…``
what people made by hand; the other modules are shared.
"""
