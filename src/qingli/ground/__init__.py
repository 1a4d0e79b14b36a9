"""Territory, sites, people, parties, posts, permissions."""
