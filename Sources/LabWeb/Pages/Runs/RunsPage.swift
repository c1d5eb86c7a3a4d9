internal import LabDomain
internal import LabOperations
internal import LabStore

/// Plates that wait for their run, runs that wait for review, and runs that are done.
struct RunsPage: Hashable, Sendable {
    /// Which of the three lists is shown.
    enum Tab: String, CaseIterable {
        case unread
        case review
        case done
    }

    struct PlateRow: Hashable, Sendable {
        let plate: String
        let path: String
        let kit: String
        let assay: String
        let samples: Int
        let wells: Int
        let laidOut: String
    }

    struct RunRow: Hashable, Sendable {
        let plate: String
        let path: String
        let assay: String
        let state: RunStateTag
        let read: String
        let enteredBy: String
        let reviewedBy: String
        let detected: Int
        let grey: Int
        let invalid: Int
        let notDetected: Int
    }

    let upload: RunUpload
    let isUnread: Bool
    let isReview: Bool
    let isDone: Bool
    let unreadTab: String
    let reviewTab: String
    let plates: [PlateRow]
    let runs: [RunRow]
    let isEmpty: Bool
    let nothing: String
    let pager: Pager

    /// The plates that wait for their run.
    init(
        _ plates: Part<UnreadPlate>, counts: RunCounts, after: String, upload: RunUpload,
        for visit: Visit
    ) {
        self.init(
            .unread, counts, upload,
            plates: plates.rows.map { plate in
                PlateRow(
                    plate: plate.plate.text, path: "/runs/" + encoded(plate.plate.text),
                    kit: visit.words.word("kit", plate.kit), assay: plate.assay,
                    samples: plate.samples, wells: plate.wells,
                    laidOut: visit.time(plate.laidOutAt))
            }, runs: [], pager: Pager(plates, on: "/runs", after: after), visit)
    }

    /// The runs that wait for review, or those that are done.
    init(
        _ runs: Part<RunSummary>, done: Bool, counts: RunCounts, after: String,
        upload: RunUpload, for visit: Visit
    ) {
        let tab = done ? Tab.done : .review
        self.init(
            tab, counts, upload, plates: [],
            runs: runs.rows.map { run in
                RunRow(
                    plate: run.run.plate.text, path: "/runs/" + encoded(run.run.plate.text),
                    assay: run.assay, state: RunStateTag(run.run.state, visit.words),
                    read: visit.time(run.run.readAt), enteredBy: run.run.enteredBy,
                    reviewedBy: run.run.reviewedBy ?? "–",
                    detected: run.verdicts[.detected] ?? 0, grey: run.verdicts[.grey] ?? 0,
                    invalid: run.verdicts[.invalid] ?? 0,
                    notDetected: run.verdicts[.notDetected] ?? 0)
            }, pager: Pager(runs, on: "/runs?tab=\(tab.rawValue)", after: after), visit)
    }

    private init(
        _ tab: Tab, _ counts: RunCounts, _ upload: RunUpload, plates: [PlateRow], runs: [RunRow],
        pager: Pager, _ visit: Visit
    ) {
        self.upload = upload
        isUnread = tab == .unread
        isReview = tab == .review
        isDone = tab == .done
        unreadTab = visit.words.say("runs.tab.unread", ["n": "\(counts.unread)"])
        reviewTab = visit.words.say("runs.tab.review", ["n": "\(counts.toReview)"])
        self.plates = plates
        self.runs = runs
        isEmpty = plates.isEmpty && runs.isEmpty
        nothing = visit.words.say("runs.none.\(tab.rawValue)")
        self.pager = pager
    }
}

/// The state of a run as a sign, a word and a colour.
struct RunStateTag: Hashable, Sendable {
    let sign: String
    let word: String
    let kind: String

    init(_ state: StoredRun.State, _ words: Catalogue) {
        word = words.word("runState", state)
        (sign, kind) =
            switch state {
            case .valid: ("…", "accent")
            case .invalid: ("✗", "bad")
            case .reviewed: ("✓", "good")
            case .refused: ("✗", "warn")
            }
    }
}
