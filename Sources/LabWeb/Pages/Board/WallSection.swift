internal import Hummingbird
internal import LabDomain
internal import LabOperations

/// The board on a wall: how it is left there, and how that ends.
struct WallSection: Hashable, Sendable {
    /// Whether a wall's screen asks, on which nobody is signed in.
    let isDisplay: Bool
    let csrf: String

    init(_ visit: Visit) {
        isDisplay = visit.display != nil
        csrf = visit.csrf
    }
}

extension Site {
    /// A screen on a wall goes on showing the board when its session has ended (WEB-158).
    var displayRoutes: [Route] {
        [
            .post("/board/display", .seeWork) { visit in
                let token = try await visit.laboratory.displayToken(
                    for: visit.handle, at: visit.now)
                // Nobody stays signed in on a wall.
                if let secret = visit.secret {
                    try await visit.laboratory.signOut(secret, at: visit.now)
                }
                return .keeping(Cookies.keep(display: token, options), "/board")
            },
            .post("/board/display/end", .everybody) { _ in
                .keeping(Cookies.keep(display: nil, options), "/sign-in")
            },
        ]
    }

    /// The cookie of a display anew, when it has been shown for long enough.
    func renewedDisplay(_ visit: Visit) async throws -> Cookie? {
        guard let display = visit.display, display.isStale else { return nil }
        return Cookies.keep(
            display: try await laboratory.displayToken(
                for: display.actor.handle, at: visit.now), options)
    }
}
