import ArgumentParser
import Foundation
import LabOperations

extension Pooling {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Recompute every row of a table of pooling figures that others made.",
            discussion: """
                Four formats are known by their columns: operating characteristics \
                (family,algorithm,stages,...), informative partitions (prob_vector,...,max_pool), \
                correlated pools (stages,cluster_size,...) and dilution (model,parameter,...). \
                Exit code 1 when a value differs by more than the tolerance; 65 when a row holds a \
                wrong value, or when no row could be recomputed.
                """)
        @OptionGroup var output: OutputOptions
        @Argument(help: "The CSV file, or - for standard input.") var table: String
        @Option(help: "Risk vectors, prob_vector,index,p; prob_vectors.csv beside the table else.")
        var vectors: String?
        @Option(
            help: "The largest error that counts as equal (default: 1e-9; 1e-6 for dilution).")
        var tolerance: Double?

        func validate() throws {
            guard tolerance.map({ $0 >= 0 }) ?? true else {
                throw ValidationError("--tolerance is not below 0.")
            }
        }

        func run() throws {
            var isWithin = true
            var isSound = true
            try session(output) {
                let parsed = try PoolingTable(try read(table))
                let check = parsed.check(
                    vectors: try riskVectors(), tolerance: tolerance,
                    progress: { done, of in
                        if isatty(2) == 1 {
                            FileHandle.standardError.write(Data("\r\(done) of \(of) rows".utf8))
                        }
                    })
                if isatty(2) == 1 { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
                switch output.format {
                case .json: try printJSON(check)
                case .text: print(text(check))
                }
                guard check.recomputed > 0 else {
                    throw Refusal(
                        .badData, "No row of the table could be recomputed.",
                        remedy: "See the reasons above.")
                }
                isWithin = check.isWithin
                isSound = !check.hasFaults
            }
            if !isWithin { throw ExitCode(1) }
            if !isSound { throw ExitCode(65) }
        }

        private func riskVectors() throws -> [String: [Double]] {
            if let vectors { return try PoolingTable.vectors(try read(vectors)) }
            let beside = URL(fileURLWithPath: table).deletingLastPathComponent()
                .appendingPathComponent("prob_vectors.csv").path
            guard table != "-", FileManager.default.isReadableFile(atPath: beside) else {
                return [:]
            }
            return try PoolingTable.vectors(try read(beside))
        }

        private func rounded(_ error: Double) -> String { String(format: "%.0e", error) }

        private func text(_ check: TableCheck) -> String {
            let rows = check.families.flatMap { family in
                family.columns.enumerated().map { index, column in
                    [
                        index == 0 ? family.family : "",
                        index == 0 ? "\(family.recomputed) of \(family.rows)" : "",
                        column.column, String(format: "%.1e", column.largestError),
                        column.isWithin
                            ? ""
                            : "above \(rounded(column.allowed)), line \(column.line)",
                    ]
                }
                    + family.cannotDo.map {
                        [
                            family.columns.isEmpty ? family.family : "",
                            family.columns.isEmpty ? "0 of \(family.rows)" : "",
                            "cannot do", "\(count($0.rows, "row"))",
                            "\($0.reason) (line \($0.line))",
                        ]
                    }
            }
            let undone = check.rows - check.recomputed
            return swabline.table(["family", "rows", "column", "largest error", ""], rows) + "\n"
                + "\(check.recomputed) of \(count(check.rows, "row")) recomputed; "
                + (check.isWithin ? "all of them agree" : "NOT all of them agree")
                + " to \(rounded(check.tolerance))"
                + (undone > 0 ? "; \(undone) could not be done." : ".")
        }
    }
}
