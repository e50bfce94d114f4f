//! The server, on a loopback port: `cargo run -p orders-axum`, or `cargo run -p orders-axum -- 8080`. It ends when its standard
//! input does, or at Ctrl-C.

mod next;

use std::io::{IsTerminal, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(0), |port| port.parse())?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    if !std::io::stdin().is_terminal() {
        // Whoever started it holds the other end: where that is gone, nobody would end it.
        std::thread::spawn(|| {
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            std::process::exit(0);
        });
    }
    // The demonstration asks for the server's next version, in front of this version's clients.
    let app = if std::env::var_os("ORDERS_NEXT").is_some() { next::app() } else { orders_axum::app() };
    axum::serve(listener, app).await?;
    Ok(())
}
