"""What people around a manager get and do, through the real store, queue and worker."""
