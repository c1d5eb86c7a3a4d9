import LabCurves
import LabInstruments
import ReferenceFiles
import Testing

/// Our own Cq beside the one that the instrument's software found in the same file.
@Suite("Our own Cq in instruments' files")
struct OwnCqTests {
    @Test(
        "READ-6: our Cq goes with the file's, well by well",
        .needs(reference: "rdml"), arguments: ["rdml/stepone_std.rdml", "rdml/absolute.rdml"])
    func correlation(file: String) throws {
        let read = try InstrumentFile.read(try Reference.bytes(file))
        let pairs = read.wells.compactMap { well -> (Double, Double)? in
            guard let theirs = well.cq, let curve = well.curve,
                let ours = CurveAnalysis(of: curve).cq
            else { return nil }
            return (theirs, ours)
        }
        #expect(pairs.count == read.wells.count { $0.cq != nil })
        #expect(Self.correlation(pairs) > 0.99)
    }

    private static func correlation(_ pairs: [(Double, Double)]) -> Double {
        let count = Double(pairs.count)
        let (x, y) = (
            pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count
        )
        let both = pairs.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
        let own = pairs.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
        let other = pairs.reduce(0) { $0 + ($1.1 - y) * ($1.1 - y) }
        return both / (own * other).squareRoot()
    }
}
