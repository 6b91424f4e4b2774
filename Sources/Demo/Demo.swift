import Estate
import Journal

public struct Demo {
    public static func fill(at folder: String, seed: UInt64, now: Moment, zone: Zone = .shanghai) throws {}
}
