import ArgumentParser
import LabDomain
import LabOperations
import LabPooling

/// How well the tests read, by stage.
struct AccuracyOptions: ParsableArguments {
    @Option(help: "Sensitivity: one value, or one for each stage, as 0.95,0.95,0.99.")
    var se = "1"

    @Option(help: "Specificity: one value, or one for each stage.")
    var sp = "1"

    /// One accuracy for each stage that was given.
    func accuracies() throws -> [Accuracy] {
        let (se, sp) = (try numbers(se, "--se"), try numbers(sp, "--sp"))
        guard se.count == sp.count || se.count == 1 || sp.count == 1 else {
            throw ValidationError("--se and --sp give values for different numbers of stages.")
        }
        return try (0..<max(se.count, sp.count)).map {
            try Accuracy(
                sensitivity: se[min($0, se.count - 1)], specificity: sp[min($0, sp.count - 1)])
        }
    }

    /// A warning where nobody said how good the tests are.
    var warning: String? {
        se == "1" && sp == "1"
            ? "Tests are taken as perfect; say how good yours are: --se --sp." : nil
    }
}

/// Numbers joined by commas.
func numbers(_ text: String, _ option: String) throws -> [Double] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return try parts.map { part in
        guard let number = Double(part.filter { !$0.isWhitespace }), number.isFinite else {
            throw ValidationError("\(option) takes numbers joined by commas, as 0.01,0.02.")
        }
        return number
    }
}

/// A number to so many significant digits, without needless zeros.
func digits(_ number: Double?, _ count: Int = 5) -> String {
    guard let number else { return "-" }
    return String(format: "%.\(count)g", number)
}

extension Refusal {
    /// A question about pools that has no answer.
    init(_ fault: PoolingFault) {
        self.init(
            .badData, Wording(plain: "\(fault).".capitalizedFirst),
            remedy: "See the command's --help.")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// Runs the body of a pooling command; its faults become refusals.
func pooling(_ output: OutputOptions, _ body: () throws -> Void) throws {
    try session(output) {
        do {
            try body()
        } catch let fault as PoolingFault {
            throw Refusal(fault)
        }
    }
}
