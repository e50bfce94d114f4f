#!/usr/bin/env rust
fn f( {}
