//! One API in two versions, and the clients generated from each.

pub mod new;
pub mod old;

/// The generated client of [`old`].
pub mod old_client {
    include!(concat!(env!("OUT_DIR"), "/skew_old.client.rs"));
}

/// The generated client of [`new`].
pub mod new_client {
    include!(concat!(env!("OUT_DIR"), "/skew_new.client.rs"));
}
