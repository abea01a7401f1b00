"""What do customers see of us? A page that also answers while the database is down."""
