internal import LabDomain
internal import LabOperations
internal import LabStore

/// Everybody who can or could act.
struct StaffPage: Hashable, Sendable {
    /// A role that can be given.
    struct RoleChoice: Hashable, Sendable {
        let value: String
        let text: String
        let isChosen: Bool

        /// Every role but the program's own.
        static func all(chosen: Role? = nil, in words: Catalogue) -> [RoleChoice] {
            Role.allCases.filter { $0 != .system }.map {
                RoleChoice(
                    value: $0.rawValue, text: words.word("role", $0), isChosen: $0 == chosen)
            }
        }
    }

    struct Row: Hashable, Sendable {
        let handle: String
        let role: String
        /// The unit or site; nil for those who work for the whole laboratory.
        let place: String?
        /// Whether a unit or site must be named before they can work.
        let lacksPlace: Bool
        /// The word for what must be named: the unit or the site.
        let placeWord: String
        /// Which list of names a browser offers.
        let placeList: String
        let password: String
        let passwordKind: String
        let isRetired: Bool
        let mayAssign: Bool
        let mayHavePassword: Bool
        let mayRetire: Bool
        let askRetire: String
        let askPassword: String
        let csrf: String
        let key: String
        let back: String
    }

    let csrf: String
    let key: String
    let back: String
    let roles: [RoleChoice]
    /// The unit or site for which somebody is to be added; empty where none was asked for.
    let place: String
    let isAdding: Bool
    let units: [String]
    let sites: [String]
    let rows: [Row]
    let pager: Pager

    init(
        _ part: Part<StaffAccount>, after: String, units: [String], sites: [String],
        for visit: Visit
    ) {
        csrf = visit.csrf
        key = visit.newKey()
        let here = after.isEmpty ? "/staff" : "/staff?after=" + encoded(after)
        back = here
        place = visit.query["place"] ?? ""
        let role = visit.query["role"].flatMap(Role.init(rawValue:))
        roles = RoleChoice.all(chosen: role, in: visit.words)
        isAdding = !place.isEmpty
        self.units = units
        self.sites = sites
        rows = part.rows.filter { $0.member.actor.role != .system }.map {
            Row($0, back: here, for: visit)
        }
        pager = Pager(part, on: "/staff", after: after)
    }
}

extension StaffPage.Row {
    fileprivate init(_ account: StaffAccount, back: String, for visit: Visit) {
        let words = visit.words
        let (member, actor) = (account.member, account.member.actor)
        let (signsIn, limit) = (actor.role.may(.signIn), actor.role.limit)
        handle = actor.handle
        role = words.word("role", actor.role)
        place = member.scope?.unit ?? member.scope?.site
        lacksPlace = member.scope == nil && !member.isRetired
        placeWord = words.word("staff.limit", limit)
        placeList = limit == .unit ? "units" : "sites"
        (password, passwordKind) =
            switch account.password {
            case _ where !signsIn: (words.say("staff.signsNever"), "")
            case .none: (words.say("staff.passwordNone"), "warn")
            case .oneTime: (words.say("staff.passwordOneTime"), "accent")
            case .own: (words.say("staff.passwordOwn"), "good")
            }
        isRetired = member.isRetired
        mayAssign = !member.isRetired && limit != .laboratory && visit.may(.assignScope)
        // One's own password is changed on its own page, and nobody ends their own rights.
        let isOther = actor.handle != visit.handle && !member.isRetired
        mayHavePassword = isOther && signsIn && visit.may(.issuePassword)
        mayRetire = isOther && visit.may(.retirePerson)
        askRetire = words.say("staff.retireAsk", ["handle": actor.handle])
        askPassword =
            account.password == .none
            ? "" : words.say("staff.passwordAsk", ["handle": actor.handle])
        csrf = visit.csrf
        key = visit.newKey()
        self.back = back
    }
}

/// A one-time password, shown once.
struct IssuedPasswordPage: Hashable, Sendable {
    let handle: String
    let password: String
}
