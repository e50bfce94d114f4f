//! The contract itself, as versioned JSON.

use super::{Cx, File, Form, Output, Wanted};
use crate::contract::Front;

/// The output `contract`.
pub(super) struct Contract;

impl Output for Contract {
    fn key(&self) -> &'static str {
        "contract"
    }

    fn help(&self) -> &'static str {
        "Write the contract to this JSON file"
    }

    fn form(&self) -> Form {
        Form::File
    }

    fn in_build_script(&self) -> Option<&'static str> {
        Some("contract.json")
    }

    fn in_program(&self, _front: Front) -> Option<&'static str> {
        Some("generated/contract.json")
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        Ok(vec![File::whole(cx.json.clone())])
    }
}
