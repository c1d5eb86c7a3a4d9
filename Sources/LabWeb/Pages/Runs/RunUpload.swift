internal import LabOperations

/// The form that takes a run's file in, with what was wrong with the last one.
struct RunUpload: Hashable, Sendable {
    /// What is wrong with a file; nothing of it was stored.
    struct Trouble: Hashable, Sendable {
        struct Row: Hashable, Sendable {
            let line: String
            /// The well, or the column of the file.
            let place: String
            let message: String
            let remedy: String
        }

        /// So many faults are listed at most: a file of another plate has hundreds.
        static let most = 100

        let message: String
        let remedy: String
        let rows: [Row]
        let hasRows: Bool
        let more: String?
        /// The page on which such a file is taken; nil for this one.
        let otherPath: String?

        /// A file that is no run, told by its first bytes or its heading; nil when it may be one.
        init?(foreign file: [UInt8], for visit: Visit) {
            let words = visit.words
            if let foreign = ForeignFile(file), foreign != .spreadsheet {
                message = words.word("runs.file", foreign)
                remedy = words.say("runs.file.remedy")
                otherPath = nil
            } else if TableKind(file) == .manifest {
                message = words.say("runs.isManifest")
                remedy = words.say("runs.isManifest.remedy")
                otherPath = visit.leads(to: "/manifests") ? "/manifests" : nil
            } else {
                return nil
            }
            rows = []
            hasRows = false
            more = nil
        }

        /// A file that was refused, each fault in a row.
        init(_ told: Explanation, for visit: Visit) {
            message = visit.site.say(told.message, visit.language)
            remedy = visit.site.say(told.remedy, visit.language)
            rows = told.places.prefix(Self.most).map { place in
                Row(
                    line: place.line.map { "\($0)" } ?? "–",
                    place: place.subject
                        ?? place.column.map { visit.words.say("place.column", ["n": "\($0)"]) }
                        ?? "–",
                    message: visit.site.say(place.message, visit.language),
                    remedy: visit.site.say(place.remedy, visit.language))
            }
            hasRows = !rows.isEmpty
            let left = told.places.count - rows.count
            more = left > 0 ? visit.words.count("runs.moreFaults", left) : nil
            otherPath = nil
        }
    }

    let csrf: String
    let key: String
    let back: String
    /// The plate to which the file must belong; empty when any is taken.
    let plate: String
    /// Which run of a file with several was meant.
    let run: String
    let trouble: Trouble?

    /// An empty form, or one after a file that was refused.
    init(plate: String = "", trouble: Trouble? = nil, for visit: Visit) {
        csrf = visit.csrf
        key = visit.newKey()
        back = plate.isEmpty ? "/runs" : "/runs/" + encoded(plate)
        self.plate = plate
        run = visit.form["run"] ?? ""
        self.trouble = trouble
    }
}
