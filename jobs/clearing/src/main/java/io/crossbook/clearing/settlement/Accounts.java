package io.crossbook.clearing.settlement;

/** Names of ledger accounts: a cash account for each member, and those of the clearing house. */
public final class Accounts {
    /** Where variation margin and payments for deliveries go through: zero at the end of each clearing. */
    public static final String HOUSE = "house";

    public static final String FEES = "house:fees";

    /** What is left over where exact amounts are paid in whole minor units. */
    public static final String ROUNDING = "house:rounding";

    /** The account for the other side of trades made elsewhere. */
    public static final String EXTERNAL = "external";

    private Accounts() {}

    public static String cash(String member) {
        return "member:" + member + ":cash";
    }
}
