import Glibc

extension Disk {
    /// The first place in a stretch at which two open files differ, by their bytes or because one has ended; `nil` when there
    /// is none. Between pieces it tells how many bytes were compared, and stops for `false`.
    func firstDifference(
        of a: Int32, and b: Int32, in range: Range<Int>, pausing goOn: (Int) -> Bool = { _ in true }
    ) throws -> Int? {
        var place = range.lowerBound
        while place < range.upperBound {
            let count = min(range.upperBound - place, 1 << 20)
            let (x, y) = (try bytes(of: a, from: place, count: count), try bytes(of: b, from: place, count: count))
            let common = min(x.count, y.count)
            let isEqual = x.withUnsafeBytes { x in
                y.withUnsafeBytes { y in
                    guard let x = x.baseAddress, let y = y.baseAddress else { return common == 0 }
                    return memcmp(x, y, common) == 0
                }
            }
            if !isEqual || common < count {
                return place + (zip(x, y).enumerated().first { $1.0 != $1.1 }?.offset ?? common)
            }
            place += count
            if !goOn(count) { return nil }
        }
        return nil
    }
}
