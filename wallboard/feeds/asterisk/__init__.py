"""Asterisk as a feed: what AMI and ARI say becomes events of ours.

`translator` and what it is made of are pure; `session` and `follow` speak with a PBX.
"""
