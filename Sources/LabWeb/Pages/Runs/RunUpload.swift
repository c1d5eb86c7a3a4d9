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

        /// A file that is no text table.
        init(_ file: ForeignFile, _ words: Catalogue) {
            message = words.word("runs.file", file)
            remedy = words.say("runs.file.remedy")
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
        }
    }

    let csrf: String
    let key: String
    let back: String
    /// The plate to which the file must belong; empty when any is taken.
    let plate: String
    let trouble: Trouble?

    /// An empty form, or one after a file that was refused.
    init(plate: String = "", trouble: Trouble? = nil, for visit: Visit) {
        csrf = visit.csrf
        key = visit.newKey()
        back = plate.isEmpty ? "/runs" : "/runs/" + encoded(plate)
        self.plate = plate
        self.trouble = trouble
    }
}
