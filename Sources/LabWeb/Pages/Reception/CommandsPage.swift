internal import LabOperations

/// The sheet of command barcodes for the reception.
struct CommandsPage: Hashable, Sendable {
    /// One barcode with its word in both languages.
    struct Card: Hashable, Sendable {
        let bars: Code128.Drawn
        let code: String
        let words: [Word]
    }

    /// A word in one language.
    struct Word: Hashable, Sendable {
        let text: String
        let language: String
    }

    /// Barcodes under one heading.
    struct Group: Hashable, Sendable {
        let words: [Word]
        let cards: [Card]
        /// Whether three of its bars stand side by side.
        let isShort: Bool
    }

    let bar: PaperBar
    let titles: [Word]
    let groups: [Group]

    init(for visit: Visit) throws {
        bar = PaperBar(back: "/reception")
        let catalogues =
            [visit.language].map { visit.site.words(in: $0) }
            + Language.allCases.filter { $0 != visit.language }.map { visit.site.words(in: $0) }
        func words(_ key: String) -> [Word] {
            catalogues.map {
                Word(
                    text: $0.say(key),
                    language: $0.language == .english ? "en" : "zh-CN")
            }
        }
        titles = words("commands.title")
        let cards = try CommandCode.allCases.map { command in
            // 80 mm of a sheet with two columns hold the longest command.
            let bars = try Code128(command.code).drawn(within: 84, high: 12)
            return (command, Card(bars: bars, code: command.code, words: words(command.key)))
        }
        func isReject(_ command: CommandCode) -> Bool {
            if case .reject = command { true } else { false }
        }
        groups = [
            Group(
                words: words("commands.flow"), cards: cards.filter { !isReject($0.0) }.map(\.1),
                isShort: true),
            Group(
                words: words("commands.reject"), cards: cards.filter { isReject($0.0) }.map(\.1),
                isShort: false),
        ]
    }
}

extension Site {
    var commandRoutes: [Route] {
        [
            .get("/commands", .receiveBox) { visit in
                .page(
                    Page(
                        visit.words.say("commands.title"), "commands",
                        try CommandsPage(for: visit), scripts: ["paper.js"], frame: .paper))
            }
        ]
    }
}
