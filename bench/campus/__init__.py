"""What a hub carries: shares and readings a second at the desk service, and memory for each student's server."""
