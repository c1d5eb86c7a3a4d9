internal import Foundation
internal import LabDomain
internal import LabOperations

/// The laboratory's assays, and those that come with the program.
struct AssaysPage: Hashable, Sendable {
    struct Channel: Hashable, Sendable {
        let name: String
        let dye: String
        let detected: String
        let grey: String
    }

    struct Card: Hashable, Sendable {
        let kit: String
        let path: String
        let name: String
        let version: String
        let channels: [Channel]
        let single: String
        let lots: String
        let sizes: String
        let waiting: String

        init(_ sheet: AssaySheet, _ words: Catalogue) {
            let assay = sheet.assay
            kit = words.word("kit", sheet.kit)
            path = "/assays/\(sheet.kit.rawValue)"
            name = assay.name
            version = sheet.version
            let control = assay.internalControl.map { [$0] } ?? []
            channels =
                assay.targets.map { Channel($0, isControl: false, words) }
                + control.map { Channel($0, isControl: true, words) }
            single = words.word("assay.single", assay.singleTarget)
            lots =
                sheet.supply.lots.isEmpty
                ? words.say("assay.noLots")
                : sheet.supply.lots.map { "\($0.number) (\($0.expires))" }.joined(separator: ", ")
            sizes =
                sheet.supply.poolSizes?.map { "\($0)" }.joined(separator: ", ")
                ?? words.say("assay.anySize")
            waiting = words.count("assay.waiting", sheet.waiting)
        }
    }

    struct Ready: Hashable, Sendable {
        let name: String
        let path: String
        let channels: String
    }

    let cards: [Card]
    let ready: [Ready]

    init(_ sheets: [AssaySheet], _ ready: [AssayEntry], for visit: Visit) {
        cards = sheets.map { Card($0, visit.words) }
        self.ready = ready.map {
            Ready(
                name: $0.name, path: "/assays/ready/" + encoded($0.name),
                channels: $0.targets.joined(separator: ", "))
        }
    }
}

extension AssaysPage.Channel {
    init(_ target: AssayTarget, isControl: Bool, _ words: Catalogue) {
        self.init(
            name: isControl ? words.say("assay.internal", ["name": target.name]) : target.name,
            dye: target.dye ?? "–", detected: "≤ " + cqText(target.positiveAtMost),
            grey: target.greyAtMost.map { "≤ " + cqText($0) } ?? "–")
    }
}

/// One of the laboratory's assays with its text, to be read or changed.
struct AssayPage: Hashable, Sendable {
    /// A fault of the text, by its place.
    struct Fault: Hashable, Sendable {
        let line: String
        let column: String
        let place: String
        let message: String
    }

    let card: AssaysPage.Card
    let text: String
    let mayChange: Bool
    let isChecked: Bool
    let hasWaiting: Bool
    let isNewVersion: Bool
    /// The assay as its changed text is read; nil where it has faults.
    let read: [AssaysPage.Channel]
    let readVersion: String
    let faults: [Fault]
    let hasFaults: Bool
    let seen: String
    let csrf: String
    let key: String
    let back: String

    /// The assay as it stands, or with a changed text that was checked.
    init(
        _ sheet: AssaySheet, changed: String? = nil, seen: String? = nil,
        read: Assay? = nil, faults: [Refusal.Place] = [], for visit: Visit
    ) {
        let words = visit.words
        card = AssaysPage.Card(sheet, words)
        text = changed ?? sheet.text
        mayChange = visit.may(.adoptProgramme)
        isChecked = read != nil
        hasWaiting = sheet.waiting > 0
        let control = read?.internalControl.map { [$0] } ?? []
        self.read =
            (read?.targets ?? []).map { AssaysPage.Channel($0, isControl: false, words) }
            + control.map { AssaysPage.Channel($0, isControl: true, words) }
        readVersion = read?.version ?? ""
        isNewVersion = read.map { $0.version != sheet.version } ?? false
        self.faults = faults.map {
            Fault(
                line: $0.line.map { "\($0)" } ?? "–", column: $0.column.map { "\($0)" } ?? "–",
                place: $0.subject ?? "–", message: visit.site.say($0.message, visit.language))
        }
        hasFaults = !faults.isEmpty
        self.seen = seen ?? sheet.digest
        csrf = visit.csrf
        key = visit.newKey()
        back = "/assays/\(sheet.kit.rawValue)"
    }
}

/// An assay that comes with the program, to be read or to start from.
struct ReadyAssayPage: Hashable, Sendable {
    let name: String
    let text: String
}
