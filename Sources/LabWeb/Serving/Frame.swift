internal import Foundation
internal import LabDomain
internal import LabOperations

/// What stands around a page.
struct FrameModel: Sendable {
    let language: String
    let otherLanguage: String
    let otherLanguageName: String
    let languagePath: String
    let title: String
    let laboratory: String
    let style: String
    let icon: String
    let scripts: [String]
    let words: String
    /// The form that was refused, for the script that fills it again.
    let typed: String?
    let csrf: String
    let menu: MenuModel?
    let handle: String
    let role: String
    let isSignedIn: Bool
    let flash: FlashModel?
    let body: String
    let isWhole: Bool
    let isPaper: Bool
}

/// A word about what was just done, as it is shown.
struct FlashModel: Hashable, Sendable {
    let kind: String
    let sign: String
    let isDone: Bool
    let message: String
    let remedy: String
    let hasPlaces: Bool
    let places: [String]
}

extension Site {
    /// A page in its frame.
    func framed(_ page: Page, for visit: Visit) throws -> String {
        if page.frame == .part { return try render(page.model, page.template, in: visit.language) }
        let flash = visit.secret.flatMap { flashes.take(for: $0) }
        return try framed(
            page, in: visit.language, path: visit.path, back: visit.whole,
            someone: visit.display == nil ? visit.someone : nil,
            csrf: visit.secret.map { CrossSite.token(for: $0) } ?? "", flash: flash,
            alerts: try alertsWaiting(for: visit))
    }

    /// How many alerts wait for the one who looks.
    private func alertsWaiting(for visit: Visit) throws -> Int {
        guard visit.may(.acknowledgeAlert) else { return 0 }
        return try visit.laboratory.alertsWaiting(at: visit.now, as: visit.handle)
    }

    /// A page in its frame, as somebody sees it.
    func framed(
        _ page: Page, in language: Language, path: String, back: String? = nil,
        someone: SignedIn? = nil, csrf: String = "", flash: Flash? = nil, alerts: Int = 0
    ) throws -> String {
        let words = words(in: language)
        let other = language == .english ? Language.chinese : .english
        let model = FrameModel(
            language: language == .english ? "en" : "zh-CN", otherLanguage: other.rawValue,
            otherLanguageName: words.say("frame.otherLanguage"),
            languagePath: "/language/\(other.rawValue)?back=\(encoded(back ?? path))",
            title: page.title, laboratory: name, style: assets.path("swabline.css"),
            icon: assets.path("icon.svg"),
            scripts: (page.frame == .whole ? ["frame.js"] + page.scripts : page.scripts)
                .map { assets.path($0) },
            words: try json(words.texts(under: "script.")),
            typed: try flash?.typed.map { try json($0) }, csrf: someone == nil ? "" : csrf,
            menu: someone.map { menu(for: $0.actor.role, at: path, alerts: alerts, words) },
            handle: someone?.actor.handle ?? "",
            role: someone.map { words.word("role", $0.actor.role) } ?? "",
            isSignedIn: someone != nil,
            flash: flash.map {
                FlashModel(
                    kind: $0.isDone ? "done" : "refused", sign: $0.isDone ? "✓" : "✗",
                    isDone: $0.isDone, message: $0.message, remedy: $0.remedy,
                    hasPlaces: !$0.places.isEmpty, places: $0.places)
            },
            body: try render(
                page.model, page.template, in: language),
            isWhole: page.frame == .whole, isPaper: page.frame == .paper)
        return try render(model, "frame", in: language)
    }

    /// Data for a script inside a page: no `<` may end the element.
    private func json(_ data: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(data), as: UTF8.self)
            .replacingOccurrences(of: "<", with: "\\u003c")
    }
}
