internal import LabDomain
internal import LabOperations

/// The sampling desk: people into tubes, also while the network is down.
struct DeskPage: Hashable, Sendable {
    /// A word to choose.
    struct Choice: Hashable, Sendable, Encodable {
        let code: String
        let text: String
    }

    let units: [String]
    let sites: [String]
    /// The only unit or site that the one who looks may name; empty is any.
    let unit: String
    let site: String
    let isUnitFixed: Bool
    let isSiteFixed: Bool
    let risks: [Choice]
    let ratios: [Choice]
    let documents: [Choice]
    let sexes: [Choice]
    let reasons: [Choice]
    let maySettle: Bool
    /// What the page's script works with, as JSON.
    let data: String
}

/// What a desk is told at a hand-shake.
struct DeskHello: Encodable, Sendable {
    let handle: String
    let csrf: String
    /// The laboratory's clock, in milliseconds.
    let now: Int64
    let sequence: Int
    let unit: String?
    let site: String?

    init(_ greeting: DeskGreeting, for visit: Visit) {
        handle = visit.handle
        csrf = visit.csrf
        now = visit.now.milliseconds
        sequence = greeting.sequence
        unit = greeting.scope.unit
        site = greeting.scope.site
    }
}

extension DeskPage {
    /// What the page's script works with.
    private struct Script: Encodable {
        let handle: String
        let barcodes: [BarcodeFormat]
        let tolerance: Int64
        let documents: [String: String]
        let risks: [String: String]
        /// The laboratory's zone, in minutes east of Greenwich.
        let zone: Int
    }

    init(_ rules: DeskRules, for visit: Visit) {
        let words = visit.words
        units = rules.units
        sites = rules.sites
        unit = rules.scope.unit ?? (rules.units.count == 1 ? rules.units[0] : "")
        site = rules.scope.site ?? ""
        isUnitFixed = rules.scope.unit != nil
        isSiteFixed = rules.scope.site != nil
        risks = RiskClass.allCases.map {
            Choice(code: $0.rawValue, text: words.word("risk", $0))
        }
        ratios = rules.ratios.map { ratio in
            Choice(code: "\(ratio)", text: words.count("desk.ratio", ratio))
        }
        documents = DocumentType.allCases.map {
            Choice(code: $0.rawValue, text: words.word("documentType", $0))
        }
        sexes = Sex.allCases.reversed().map {
            Choice(code: $0.rawValue, text: words.word("sex", $0))
        }
        reasons = DeskCloseReason.allCases.map {
            Choice(code: $0.rawValue, text: words.word("deskCloseReason", $0))
        }
        maySettle = visit.may(.settleTube)
        func texts(_ choices: [Choice]) -> [String: String] {
            Dictionary(uniqueKeysWithValues: choices.map { ($0.code, $0.text) })
        }
        data = scriptData(
            Script(
                handle: visit.handle, barcodes: rules.barcodes,
                tolerance: DeskTime.tolerance.milliseconds,
                documents: texts(documents), risks: texts(risks),
                zone: visit.site.zone.minutesEast))
    }
}
