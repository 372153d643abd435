"""Sample data: fictional offices, their people and one plan each."""
