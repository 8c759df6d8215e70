"""What a referral programme is: frozen records, with privacy marks on their fields."""
