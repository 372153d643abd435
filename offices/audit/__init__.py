"""The audit trail (稽核軌跡): who did what, when and from where, in a chain of hashes."""
