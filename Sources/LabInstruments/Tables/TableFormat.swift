internal import LabDomain

/// The tables of other makers: which headings tell one, and what its columns mean.
struct TableFormat {
    let format: InstrumentFormat
    /// Of each group one heading has to be there.
    let headings: [[String]]
    var well: [String]
    var sample: [String] = []
    var target: [String] = []
    var dye: [String] = []
    var cq: [String]
    var called: [String] = []
    var excluded: [String] = []
    var included: [String] = []
    /// Columns that are known and mean nothing to a reading, where files of other languages come.
    var passed: [String] = []
    let rule: CqRule

    func columns(_ heading: HeadingRow) -> ResultColumns {
        ResultColumns(
            well: heading.column(well), sample: heading.column(sample),
            target: heading.column(target), dye: heading.column(dye), cq: heading.column(cq),
            called: heading.column(called),
            calledElse: called.dropFirst().lazy.compactMap { heading.column([$0]) }.first,
            excluded: heading.column(excluded.isEmpty ? included : excluded),
            isIncluded: excluded.isEmpty, rule: rule)
    }

    /// The columns whose names nobody knows, where one is missing that might be among them.
    func strange(_ heading: HeadingRow) -> [Int] {
        let optional = [sample, excluded.isEmpty ? included : excluded]
        guard !passed.isEmpty, optional.contains(where: { heading.column($0) == nil }) else {
            return []
        }
        let known = well + sample + target + dye + cq + called + excluded + included + passed
        return heading.keys.indices.filter {
            !heading.keys[$0].isEmpty && !known.contains(heading.keys[$0])
        }
    }

    static let sds = TableFormat(
        format: .sds, headings: [["well"], ["detector", "detector name"], ["ct"]], well: ["well"],
        sample: ["sample", "sample name"], target: ["detector", "detector name"],
        dye: ["reporter"], cq: ["ct"], called: ["call"], excluded: ["omit"],
        rule: .appliedBiosystems)

    static let cfx = TableFormat(
        format: .cfxTable, headings: [["well"], ["fluor", "fluorophore"], cfxCqs],
        well: ["well"], sample: ["sample", "sample name"], target: ["target", "target name"],
        dye: ["fluor", "fluorophore"], cq: cfxCqs, called: ["call"],
        excluded: ["excluded"], rule: .bioRad)

    /// CFX Manager's older versions wrote the threshold cycle out.
    private static let cfxCqs = [
        "cq", "ct", "c(t)", "threshold cycle (c(t))", "quantification cycle (cq)",
    ]

    static let lightCycler480 = TableFormat(
        format: .lightCycler480, headings: [["pos"], ["cp", "cq"]], well: ["pos"],
        sample: ["name", "sample name"], target: ["target name", "gene"], cq: ["cp", "cq"],
        called: ["call"], included: ["include"],
        passed: ["color", "colour", "concentration", "standard", "status"], rule: .lightCycler480)

    static let lightCycler96 = TableFormat(
        format: .lightCycler96,
        headings: [["position"], ["cq"], ["gene name", "gene", "dye", "sample name"]],
        well: ["position"], sample: ["sample name", "sample"], target: ["gene name", "gene"],
        dye: ["dye", "channel"], cq: ["cq"], called: ["edited call", "call"],
        excluded: ["excluded"], rule: .lightCycler96)

    static let rotorGene = TableFormat(
        format: .rotorGene, headings: [["no.", "no"], ["name"], ["ct"]], well: ["no.", "no"],
        sample: ["name"], cq: ["ct"], called: ["ct comment"], rule: .rotorGene)

    static let mx3005P = TableFormat(
        format: .mx3005P, headings: [["well"], ["well name", "well type"], mxCqs],
        well: ["well"], sample: ["well name"], target: ["assay", "target"], dye: ["dye"],
        cq: mxCqs, called: ["final call (drn)", "final call (dr)", "final call"], rule: .mxPro)

    private static let mxCqs = ["ct (drn)", "ct (dr)", "ct (r)", "ct (rn)", "ct", "cq"]

    /// In this order: a later one's headings may be an earlier one's too.
    static let all = [mx3005P, cfx, lightCycler480, lightCycler96, rotorGene]
}
