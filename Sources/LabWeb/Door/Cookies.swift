internal import Hummingbird
internal import LabDomain
internal import LabOperations

/// The two cookies: who is signed in, and the language.
enum Cookies {
    static let language = "language"

    /// Through TLS the name binds the cookie to this host and to TLS (RFC 6265bis).
    static func session(_ options: SiteOptions) -> String {
        options.isBehindTLS ? "__Host-session" : "session"
    }

    /// The cookie of a session; nil secret takes it away.
    ///
    /// It ends with the browser.
    static func keep(_ secret: String?, _ options: SiteOptions) -> Cookie {
        Cookie(
            name: session(options), value: secret ?? "", maxAge: secret == nil ? 0 : nil,
            path: "/", secure: options.isBehindTLS, httpOnly: true, sameSite: .lax)
    }

    /// What a screen on a wall keeps to show the board.
    static func display(_ options: SiteOptions) -> String {
        options.isBehindTLS ? "__Host-display" : "display"
    }

    /// The cookie of a display; nil takes it away.
    ///
    /// It outlives the browser: screens are restarted.
    static func keep(display token: String?, _ options: SiteOptions) -> Cookie {
        Cookie(
            name: display(options), value: token ?? "",
            maxAge: token == nil ? 0 : Int(DisplayRules.longest.milliseconds / 1_000), path: "/",
            secure: options.isBehindTLS, httpOnly: true, sameSite: .lax)
    }

    /// The cookie of a language, for a year.
    static func keep(language: String, _ options: SiteOptions) -> Cookie {
        Cookie(
            name: self.language, value: language, maxAge: 31_536_000, path: "/",
            secure: options.isBehindTLS, httpOnly: true, sameSite: .lax)
    }
}
