/// The names that makers give to sheets, columns and facts, as `Heading.key` writes them.
enum KnownNames {
    static let wells = ["well position", "well"]
    static let targets = [
        "target name", "target", "detector name", "detector", "snp assay name", "assay name",
    ]
    static let plainTargets = ["target name", "target"]
    static let detectors = ["detector", "target name", "target"]
    static let cqs = ["ct", "cq", "crt", "cp"]
    static let samples = ["sample name", "sample", "sample id"]
    static let dyes = ["reporter", "reporter dye", "dye"]
    static let fluors = ["fluor", "fluorophore"]
    static let calls = ["call", "target call", "amp status"]
    static let cycles = ["cycle", "cycle number"]
    static let tests = ["test code"]
    static let reporters = ["reporter", "omit", "well position"]
    static let curveLine = "rn values"

    static let results = ["results", "primary result", "result", "analysis result"]
    static let amplifications = ["amplification data", "amplification", "amplification results"]
    static let setUps = ["sample setup"]
    static let targetCalls = ["target call"]
    static let anyOfThem = ["sample setup", "amplification data", "results", "target call"]
    static let newSheets = ["primary result", "replicate group result"]
    /// Sheets that are long and not needed.
    static let bulk = ["raw data", "multicomponent", "melt curve"]

    static let instrument = ["instrument type", "instrument", "model"]
    static let software = ["software name", "software version"]
    static let versions = ["software version", "application version"]
    static let barcodes = ["experiment barcode", "barcode", "plate id"]
    static let plates = ["experiment name"]
    static let block = "block type"
    static let newFiles = ["plate file name", "file name"]

    /// What follows result tables without a gap.
    static let endings = [
        "Slope", "Summary", "[", "Analysis Type", "Endogenous", "Y-Inter", "This report",
        "Quantitative analysis",
    ]
    static let selectedFilter = "Selected Filter:"
    static let rotorGeneTitle = "Quantitative analysis of "
    static let runOn = "Run on "

    /// The headings of the Ct of one of two alleles.
    static func alleleCqs(_ allele: Int) -> [String] {
        ["ct", "cq", "crt"].map { "allele\(allele) \($0)" }
    }

    /// The target of one of two alleles of an assay.
    static func allele(_ allele: Int, of assay: String) -> String {
        "\(assay)-Allele \(allele)"
    }
}

extension [String: String] {
    /// The value of the first of these keys that is there.
    func first(_ keys: [String]) -> String? { keys.lazy.compactMap { self[$0] }.first }
}
