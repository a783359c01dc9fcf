"""Deals and agreements: nodes of their own, made of the facts that tell of them."""
