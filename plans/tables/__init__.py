"""Tables as data: their layouts, and the verbs that change them."""
