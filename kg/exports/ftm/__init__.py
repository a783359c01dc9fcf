"""Exports to FollowTheMoney, the model of data that OpenAleph and others read."""
