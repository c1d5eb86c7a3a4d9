internal import Hummingbird
internal import NIOCore

extension Visit {
    /// Tells the page's script the number of the last thing that was done, now and whenever it
    /// changes, as server-sent events.
    ///
    /// It ends when the browser or the server leaves, and when the session does: a page left open
    /// is not looked at for ever.
    func events() -> Answer {
        .events { [self] writer in
            // Listening begins first, so that nothing falls between the two.
            let news = site.changes.listen()
            var told = site.forecast.change(try await laboratory.lastChange())
            // A browser that is cut off comes back in three seconds.
            try await writer.write(ByteBuffer(string: "retry: 3000\ndata: \(told)\n\n"))
            for await number in news {
                if number == told {
                    guard try await isStillSignedIn() else { break }
                    try await writer.write(ByteBuffer(string: ": still here\n\n"))
                } else {
                    try await writer.write(ByteBuffer(string: "data: \(number)\n\n"))
                    told = number
                }
            }
            try await writer.finish(nil)
        }
    }

    private func isStillSignedIn() async throws -> Bool {
        if let display {
            // The token was good when the stream began; its owner's rights may have ended since.
            return try await laboratory.isShown(display)
        }
        guard let secret else { return false }
        return try await laboratory.signedIn(
            secret, at: site.clock(), isSignOfLife: false)?.actor.role == role
    }
}
