#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| throwback_tests::hostile::event(data));
