/// A random sample of households, from each building its share.
///
/// The same seed and households give the same sample, so that it can be checked.
struct SurveyDraw {
    private let households: [UnitCode]
    private let seed: String

    init(_ households: [UnitCode], seed: String) { (self.households, self.seed) = (households, seed) }

    /// The drawn households, in the estate's order. Each building gets the whole part of its share; what is left goes to
    /// the greatest remainders.
    func draw(_ count: Int) -> [UnitCode] {
        if count >= households.count { return households }
        let buildings = Dictionary(grouping: households, by: \.building).sorted { $0.key < $1.key }
        let shares = buildings.map { ($0.value.count * count).quotientAndRemainder(dividingBy: households.count) }
        let left = count - shares.reduce(0) { $0 + $1.quotient }
        let favoured = Set(
            shares.indices.sorted { (-shares[$0].remainder, $0) < (-shares[$1].remainder, $1) }.prefix(left))
        let drawn = buildings.enumerated().flatMap { index, building in
            let share = shares[index].quotient + (favoured.contains(index) ? 1 : 0)
            return building.value.sorted { (rank($0), $0.text) < (rank($1), $1.text) }.prefix(share)
        }
        let chosen = Set(drawn)
        return households.filter { chosen.contains($0) }
    }

    /// An order that nobody chooses.
    private func rank(_ unit: UnitCode) -> UInt64 { Fingerprint(of: "\(seed) \(unit.text)").value }
}
