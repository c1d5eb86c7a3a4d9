/// What an RDML file holds, as it is written; which well is meant is found out afterwards.
///
/// The order of a file's elements is not relied on: there are real files with a run before the
/// targets that it refers to, and with a plate's format behind its reactions.
struct RDMLModel {
    struct Run {
        var experiment = ""
        var id: String
        var line: Int
        var rows: Int?
        var columns: Int?
        /// The free text that version 1.0 has for a plate's format.
        var format = ""
        var instrument: String?
        var softwareName: String?
        var softwareVersion: String?
        var reacts: [React] = []
    }

    struct React {
        var id: String
        var line: Int
        var sample: String?
        var data: [Datum] = []
    }

    /// One target's data in one reaction.
    struct Datum {
        var line: Int
        var target: String?
        var cq: Double?
        var hasTwoCqs = false
        var isExcluded = false
        var cycles: [Double] = []
        var fluorescence: [Double] = []
    }

    /// Runs for people to choose from: `1 = experiment/run`.
    static func list(_ runs: [Run]) -> String {
        let shown = runs.prefix(20).enumerated().map { "\($0 + 1) = \($1.experiment)/\($1.id)" }
        return shown.joined(separator: ", ") + (runs.count > 20 ? ", ..." : "")
    }

    var version = ""
    var runs: [Run] = []
    /// The targets that are declared.
    var targets: Set<String> = []
    /// The dye of each target.
    var dyes: [String: String] = [:]
    /// The number of reactions with partitions of digital PCR, which have no Cq.
    var partitioned = 0
}
