import Foundation
import Testing

@Suite("Curves from the command line")
struct CurveCommandTests {
    private struct Called: Decodable {
        let id: String
        let cq: Double?
        let call: String
        let quality: Double
    }

    private func table() -> String {
        let rows = (1...40).map { cycle in
            let sigmoid = 100 + 900 / (1 + exp((26 - Double(cycle)) / 1.5))
            let flat = 100 + (cycle % 3 == 0 ? 1.0 : 0.4) * (cycle % 2 == 0 ? 1 : -1)
            return "\(cycle),\(sigmoid),\(flat)"
        }
        return (["Cycle,A1,A2"] + rows).joined(separator: "\n") + "\n"
    }

    @Test("READ-7: each curve's id, Cq, call and quality come as JSON, or as text with a picture")
    func calls() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write(table(), to: "curves.csv")
        let answer = try program.run("curves", "call", "curves.csv")
        #expect(answer.status == 0, "\(answer.errors)")
        let curves = try JSONDecoder().decode([Called].self, from: Data(answer.output.utf8))
        #expect(curves.map(\.id) == ["A1", "A2"])
        #expect(curves.map(\.call) == ["positive", "negative"])
        #expect(abs((curves[0].cq ?? 0) - (26 - 1.5 * 1.317)) < 0.05)
        #expect(answer.output.contains("\"cq\" : null"))
        let text = try program.run("curves", "call", "curves.csv", "--format", "text")
        #expect(text.output.contains("A1     24.02  positive") && text.output.contains("█"))
    }

    @Test("READ-9: a faulty table is refused with its line and column, and nothing is called")
    func refused() throws {
        let program = try Program()
        defer { program.remove() }
        try program.write("Cycle,A1\n1,2\n2,wrong\n", to: "curves.csv")
        let answer = try program.run("curves", "call", "curves.csv")
        #expect(answer.status == 65)
        #expect(answer.errors.contains("line 3, column 2: not a number"))
        #expect(!answer.output.contains("wrong") && !answer.errors.contains("wrong"))
        #expect(try program.run("curves", "call", "missing.csv").status == 66)
    }
}
