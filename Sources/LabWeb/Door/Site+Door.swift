internal import HTTPTypes
internal import Hummingbird
internal import LabDomain
internal import LabOperations

/// The sign-in page.
struct SignInPage: Hashable, Sendable {
    let handle: String
    let back: String
    let trouble: String?
    let remedy: String
}

/// The page on which one's password is changed.
struct PasswordPage: Hashable, Sendable {
    let csrf: String
    let handle: String
    let isOneTime: Bool
    let fewest: Int
    let trouble: String?
}

extension Site {
    var doorRoutes: [Route] {
        [
            .get("/", .signedIn) { .redirect(Self.home(of: $0.role)) },
            .get("/health", .everybody) { _ in .file(Array("ok\n".utf8), type: "text/plain") },
            .get("/sign-in", .everybody) { visit in
                if visit.someone != nil { return .redirect("/") }
                return .page(signInPage(visit, back: visit.query["back"]))
            },
            Route(
                method: .post, path: "/sign-in", access: .everybody, mostBytes: 1 << 13,
                answer: signIn),
            .post("/sign-out", .signedIn) { visit in
                if let secret = visit.secret {
                    try await visit.laboratory.signOut(secret, at: visit.now)
                }
                return .keeping(Cookies.keep(nil, options), "/sign-in")
            },
            .get("/password", .signedIn) { .page(passwordPage($0)) },
            .post("/password", .signedIn, changePassword),
            .get("/language/:language", .everybody) { visit in
                guard let language = Language(rawValue: visit.parameter("language")) else {
                    throw Missing()
                }
                return .keeping(
                    Cookies.keep(language: language.rawValue, options),
                    localPath(visit.query["back"]) ?? "/")
            },
        ]
    }

    /// Where somebody's day begins.
    static func home(of role: Role) -> String {
        switch role {
        case .technician: "/reception"
        case .supervisor: "/board"
        case .planner: "/planner"
        case .collector: "/desk"
        case .sendingUnit: "/results"
        case .administrator: "/staff"
        case .device, .system: "/sign-in"
        }
    }

    private func signInPage(
        _ visit: Visit, back: String?, trouble: Explanation? = nil
    ) -> Page {
        Page(
            visit.words.say("signIn.title"), "sign-in",
            SignInPage(
                handle: visit.form["handle"] ?? "", back: localPath(back) ?? "/",
                trouble: trouble.map { say($0.message, visit.language) },
                remedy: trouble.map { say($0.remedy, visit.language) } ?? ""),
            frame: .door, status: trouble == nil ? .ok : .forbidden)
    }

    @Sendable private func signIn(_ visit: Visit) async throws -> Answer {
        let back = visit.form["back"]
        do {
            let secret = try await laboratory.signIn(
                (visit.form["handle"] ?? "").lowercased(),
                password: visit.form.untrimmed("password") ?? "", at: visit.now)
            return .keeping(Cookies.keep(secret, options), localPath(back) ?? "/")
        } catch let refusal as Refusal {
            return .page(signInPage(visit, back: back, trouble: Explanation(refusal)))
        }
    }

    private func passwordPage(_ visit: Visit, trouble: Explanation? = nil) -> Page {
        Page(
            visit.words.say("password.title"), "password",
            PasswordPage(
                csrf: visit.csrf, handle: visit.handle,
                isOneTime: visit.someone?.mustChangePassword ?? false,
                fewest: PasswordRules.fewest,
                trouble: trouble.map {
                    say($0.message, visit.language) + " " + say($0.remedy, visit.language)
                }),
            status: trouble == nil ? .ok : .conflict)
    }

    @Sendable private func changePassword(_ visit: Visit) async throws -> Answer {
        do {
            guard visit.form.untrimmed("new") == visit.form.untrimmed("again") else {
                throw Refusal(
                    .badData, "The new password was typed in two ways.",
                    remedy: "Type it twice alike.")
            }
            let new = visit.form.untrimmed("new") ?? ""
            try await laboratory.changePassword(
                of: visit.handle, from: visit.form.untrimmed("old") ?? "", to: new, at: visit.now)
            let secret = try await laboratory.signIn(
                visit.handle, password: new, at: visit.now)
            return .keeping(
                Cookies.keep(secret, options), "/",
                .done(visit.words.say("password.done")))
        } catch let refusal as Refusal {
            return .page(passwordPage(visit, trouble: Explanation(refusal)))
        }
    }
}
