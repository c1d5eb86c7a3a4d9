internal import LabDomain
internal import LabOperations
internal import LabSecrets

/// One request: what is asked, by whom, in which language, and when.
struct Visit: Sendable {
    let site: Site
    /// The path as it was asked for, without its query.
    let path: String
    /// What stands in the places of the route's path.
    let parameters: [String: String]
    let query: Fields
    /// The query as it stood in the address.
    let rawQuery: String
    let form: Fields
    let files: [UploadedFile]
    let body: [UInt8]
    let language: Language
    /// The secret of the browser's session.
    let secret: String?
    let someone: SignedIn?
    /// The screen on a wall that asks, when nobody is signed in; it only looks at the board.
    let display: WallDisplay?
    let now: Timestamp

    var laboratory: Laboratory { site.laboratory }
    var words: Catalogue { site.words(in: language) }

    /// Who acts; the route has made sure that somebody is signed in.
    var handle: String { someone?.actor.handle ?? "" }
    var role: Role { someone?.actor.role ?? .device }

    /// Whether the one who looks may do something.
    func may(_ verb: Verb) -> Bool { someone != nil && display == nil && role.may(verb) }

    /// What stands in a place of the route's path.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// Whether the site has a page with this path and the one who looks may see it.
    func leads(to path: String) -> Bool {
        display == nil
            && site.paths.access(to: path, on: site)?.admits(someone?.actor.role) ?? false
    }

    /// The token that each form of this session carries.
    var csrf: String { secret.map { CrossSite.token(for: $0) } ?? "" }

    /// A fresh key for a form, so that sending it twice does it once.
    func newKey() -> String { Hash.hex(randomBytes(12)) }

    /// Does a command, as the one who is signed in and once for each form.
    func perform<Asked: Command>(_ command: Asked) async throws -> Asked.Answer {
        // The key of a form is one's own: nobody else's first answer is to be had with it.
        let key = form["key"].map { "web:\(handle):\($0.prefix(64))" }
        return try await laboratory.performTogether(command, as: handle, key: key, at: now).answer
    }

    /// A time of day, with the day when it is not today, and the year when it is not this one.
    func time(_ instant: Timestamp) -> String {
        let (text, today) = (site.zone.minuteText(instant), site.zone.minuteText(now))
        if text.prefix(10) == today.prefix(10) { return String(text.suffix(5)) }
        return text.prefix(4) == today.prefix(4) ? String(text.dropFirst(5)) : text
    }

    /// The path with its query, to come back to; without it where a value reads as somebody's
    /// name or number, telephones among them, which belong in no further address (WEB-1).
    var whole: String {
        let isPersonal =
            rawQuery.split { !$0.isASCII || !$0.isNumber }.contains { $0.count > 10 }
            || Fields(urlEncoded: rawQuery)["code"].map { !$0.allSatisfy(\.isASCII) } ?? false
        return rawQuery.isEmpty || isPersonal ? path : path + "?" + rawQuery
    }
}
