"""The report on a scene: findings first, pictures, then all claims that are no plain edge."""
