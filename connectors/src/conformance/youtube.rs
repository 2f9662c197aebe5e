//! What YouTube has of its own.
