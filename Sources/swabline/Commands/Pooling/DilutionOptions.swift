import ArgumentParser
import LabOperations
import LabPooling

/// How the sensitivity of a pool falls with its size.
struct DilutionOptions: ParsableArguments {
    enum Model: String, ExpressibleByArgument, CaseIterable {
        case none
        case load
        case ct
        case validation
        case hwang
    }

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case laboratory
        case mixed

        var kind: PoolKind { self == .laboratory ? .laboratoryPool : .mixedTube() }
    }

    @Option(
        help: ArgumentHelp(
            "How a pool loses positives by its size.",
            discussion: """
                none; load: published viral loads (Wan, Zhang and Frazier 2021) and \
                --detection-limit; ct: the Ct values in --dilution-file, one a line, and --cutoff; \
                validation: your own measurements in --dilution-file, CSV size,share, or with \
                the headings pool_size and detection_probability; hwang: \
                Hwang's law with --hwang-index.
                """))
    var dilution: Model = .none
    @Option(help: "The Ct values, or the validation.") var dilutionFile: String?
    @Option(help: "The Ct up to which a single test counts as positive.") var cutoff = 37.0
    @Option(help: "Copies that a well must receive; 174 makes single tests miss 5 %.")
    var detectionLimit = 174
    @Option(help: "Hwang's d: 0 is no dilution, 1 complete.") var hwangIndex = 0.05
    @Option(help: "laboratory: aliquots of single tubes; mixed: swabs in one tube.")
    var poolKind: Kind = .laboratory

    /// The share that a pool of each size keeps of what single tests find.
    ///
    /// Asked for every size before any is used, so that a size outside the model is refused.
    func kept(upTo most: Int, prevalence: Double) throws -> @Sendable (Int) -> Double {
        let model = try chosen(prevalence)
        guard model != .none else { return { _ in 1 } }
        guard (1...500).contains(most) else {
            throw PoolingFault.range(field: "sizes", from: 2, to: 500)
        }
        var largest = most
        if case .validation(let sizes) = model, sizes.largest < most {
            largest = sizes.largest
            note("Pools of more than \(largest) were not validated and are left out.")
        }
        let shares = try (1...most).map {
            $0 > largest ? 0 : try model.kept(size: $0, in: poolKind.kind)
        }
        return { shares[min(max($0, 1), shares.count) - 1] }
    }

    private func chosen(_ prevalence: Double) throws -> Dilution {
        switch dilution {
        case .none: return .none
        case .load: return .viralLoad(try ViralLoad(limit: detectionLimit))
        case .hwang: return .hwang(try Hwang(prevalence: prevalence, index: hwangIndex))
        case .ct:
            return .cts(try CtDistribution(cts: try rows(of: 1).map { $0[0] }, cutoff: cutoff))
        case .validation:
            var shares: [Int: Double] = [:]
            for row in try rows(of: 2) {
                guard let size = Int(exactly: row[0]),
                    shares.updateValue(row[1], forKey: size) == nil
                else {
                    throw Refusal(
                        .badData,
                        "A pool size of the validation is no whole number, or comes twice.",
                        remedy: "Give each size once: 5,0.93.")
                }
            }
            return .validation(try ValidatedSizes(kind: poolKind.kind, shares: shares))
        }
    }

    /// Where a heading has what is needed: `pool_size` with `relative_to_single` or
    /// `detection_probability`; else the first columns are taken.
    private static func places(_ width: Int, in heading: [String]) -> [Int]? {
        guard width == 2, let size = heading.firstIndex(of: "pool_size"),
            let share = heading.firstIndex(of: "relative_to_single")
                ?? heading.firstIndex(of: "detection_probability")
        else { return nil }
        return [size, share]
    }

    /// Rows of numbers; a first line of words is a heading.
    private func rows(of width: Int) throws -> [[Double]] {
        guard let dilutionFile else {
            throw ValidationError("--dilution \(dilution.rawValue) needs --dilution-file.")
        }
        let lines = try readText(dilutionFile).replacing("\u{FEFF}", with: "")
            .split(whereSeparator: \.isNewline)
        var rows: [[Double]] = []
        var places = Array(0..<width)
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: ",", omittingEmptySubsequences: false)
                .map { $0.filter { !$0.isWhitespace } }
            if index == 0, words.contains(where: { !$0.isEmpty && Double($0) == nil }) {
                places = Self.places(width, in: words) ?? places
                continue
            }
            let cells = places.map { $0 < words.count ? Double(words[$0]) : nil }
            guard cells.count == width, !cells.contains(nil) else {
                throw Refusal(
                    .badData,
                    width == 1
                        ? "Line \(index + 1) of \(dilutionFile) is not 1 number."
                        : "Line \(index + 1) of \(dilutionFile) is not \(width) numbers.",
                    remedy: "Write \(width == 1 ? "one Ct a line" : "size,share").")
            }
            rows.append(cells.compactMap { $0 })
        }
        return rows
    }
}
